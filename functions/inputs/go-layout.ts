/** Layouts that Go's package `time` has names for. Source: https://pkg.go.dev/time#pkg-constants */
const NAMED_LAYOUTS: ReadonlyMap<string, string> = new Map([
  ["ANSIC", "Mon Jan _2 15:04:05 2006"],
  ["UnixDate", "Mon Jan _2 15:04:05 MST 2006"],
  ["RubyDate", "Mon Jan 02 15:04:05 -0700 2006"],
  ["RFC822", "02 Jan 06 15:04 MST"],
  ["RFC822Z", "02 Jan 06 15:04 -0700"],
  ["RFC850", "Monday, 02-Jan-06 15:04:05 MST"],
  ["RFC1123", "Mon, 02 Jan 2006 15:04:05 MST"],
  ["RFC1123Z", "Mon, 02 Jan 2006 15:04:05 -0700"],
  ["RFC3339", "2006-01-02T15:04:05Z07:00"],
  ["RFC3339Nano", "2006-01-02T15:04:05.999999999Z07:00"],
  ["Kitchen", "3:04PM"],
  ["Stamp", "Jan _2 15:04:05"],
  ["StampMilli", "Jan _2 15:04:05.000"],
  ["StampMicro", "Jan _2 15:04:05.000000"],
  ["StampNano", "Jan _2 15:04:05.000000000"],
]);

const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const MONTHS = [
  ...["January", "February", "March", "April", "May", "June"],
  ...["July", "August", "September", "October", "November", "December"],
];

/** What a layout is made of: the parts of Go's reference time, Mon Jan 2 15:04:05 MST 2006. Longer ones come first. */
const PART =
  /January|Jan|Monday|Mon|MST|2006|Z07:00|Z0700|-07:00|-0700|-07|\.0+(?!\d)|\.9+(?!\d)|_2|PM|pm|01|02|03|04|05|06|15|[1-5]/g;

/** A time as Go's `time.Format` writes it, in UTC. `layout` is a layout of Go or the name of one of its own. */
export function formatGoLayout(layout: string, milliseconds: number): string {
  const time = new Date(milliseconds);
  return (NAMED_LAYOUTS.get(layout) ?? layout).replaceAll(PART, (part) => partOf(part, time));
}

function partOf(part: string, time: Date): string {
  const month = MONTHS[time.getUTCMonth()] ?? "";
  const day = DAYS[time.getUTCDay()] ?? "";
  const hour = time.getUTCHours();
  const two = (value: number) => String(value).padStart(2, "0");
  const nanoseconds = `${String(time.getUTCMilliseconds()).padStart(3, "0")}000000`;
  switch (part) {
    case "January":
      return month;
    case "Jan":
      return month.slice(0, 3);
    case "01":
      return two(time.getUTCMonth() + 1);
    case "1":
      return String(time.getUTCMonth() + 1);
    case "Monday":
      return day;
    case "Mon":
      return day.slice(0, 3);
    case "02":
      return two(time.getUTCDate());
    case "_2":
      return String(time.getUTCDate()).padStart(2, " ");
    case "2":
      return String(time.getUTCDate());
    case "15":
      return two(hour);
    case "03":
      return two(hour % 12 || 12);
    case "3":
      return String(hour % 12 || 12);
    case "PM":
      return hour < 12 ? "AM" : "PM";
    case "pm":
      return hour < 12 ? "am" : "pm";
    case "04":
      return two(time.getUTCMinutes());
    case "4":
      return String(time.getUTCMinutes());
    case "05":
      return two(time.getUTCSeconds());
    case "5":
      return String(time.getUTCSeconds());
    case "2006":
      return String(time.getUTCFullYear());
    case "06":
      return two(time.getUTCFullYear() % 100);
    case "MST":
      return "UTC";
    case "Z07:00":
    case "Z0700":
      return "Z";
    case "-07:00":
      return "+00:00";
    case "-0700":
      return "+0000";
    case "-07":
      return "+00";
  }
  const fraction = nanoseconds.slice(0, part.length - 1);
  // Nines leave the zeros at the end away, and the point where nothing is left.
  return part.startsWith(".9") ? `.${fraction}`.replace(/\.?0*$/, "") : `.${fraction}`;
}
