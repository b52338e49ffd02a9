/** Index of the first of some rising numbers that is not below `least`; their count where there is none. */
export function firstFrom(numbers: readonly number[], least: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const number = numbers[middle];
    if (number !== undefined && number < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
