import { expect, test } from "vitest";
import { createOutputCollector } from "../../../agent/outputs/collector.ts";

function collect() {
  const refused: string[] = [];
  let changes = 0;
  const collector = createOutputCollector({
    onChange: () => (changes += 1),
    onRefused: (message) => refused.push(message),
  });
  return { collector, refused, changes: () => changes };
}

test("the last value of a name wins, and only a change is one", () => {
  const { collector, changes } = collect();
  for (const value of ["1", "1", "2"]) {
    collector.add({ name: "version", value });
  }
  expect(changes()).toBe(2);
  expect(collector.takeChanged()).toEqual([{ name: "version", value: "2" }]);
  expect(collector.takeChanged()).toEqual([]);
  collector.add({ name: "version", value: 2 });
  expect(collector.all()).toEqual([{ name: "version", value: 2 }]);
});

test("what could not be delivered is taken again, with its newest value", () => {
  const { collector } = collect();
  collector.add({ name: "a", value: "1" });
  const taken = collector.takeChanged();
  collector.add({ name: "a", value: "2" });
  collector.putBack(taken);
  expect(collector.takeChanged()).toEqual([{ name: "a", value: "2" }]);
});

test("what is beyond the limits is left out and said once", () => {
  const { collector, refused } = collect();
  collector.add({ name: "", value: "x" });
  collector.add({ name: "n".repeat(129), value: "x" });
  collector.add({ name: "big", value: "x".repeat(1_024_001) });
  collector.add({ name: "big", value: "x".repeat(1_024_002) });
  for (let index = 0; index < 102; index += 1) {
    collector.add({ name: `o${index}`, value: "x" });
  }
  collector.add({ name: "o7", value: "changed" });
  expect(collector.all()).toHaveLength(100);
  expect(collector.all()[7]).toEqual({ name: "o7", value: "changed" });
  expect(refused).toEqual([
    'The output "" is not kept: it has no name.',
    expect.stringContaining("its name has 129 characters; at most 128 are allowed"),
    'The output "big" is not kept: it has 1024001 bytes; at most 1024000 are allowed.',
    'The output "o100" is not kept: an action can put out at most 100.',
    'The output "o101" is not kept: an action can put out at most 100.',
  ]);
});
