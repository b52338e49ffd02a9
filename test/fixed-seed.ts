import fc from "fast-check";

/** For `npm run coverage`: what is covered must not be a matter of luck, so property tests try the same values each time. */
fc.configureGlobal({ seed: 20_261_121 });
