// Tailwind reads classes from the templates only; every colour is a custom
// property of static/src/tokens.css, so a theme is one class on the root.
/** @type {import("tailwindcss").Config} */
export default {
  content: ["./views/*.templ"],
  theme: {
    extend: {
      colors: Object.fromEntries(
        ["ground", "raise", "line", "line2", "edge", "ink", "text", "mute", "faint", "talk", "ring", "alarm", "idle", "onfill", "inv", "oninv", "bar", "bar2", "lane", "hatch"]
          .map((name) => [name, `var(--${name})`]),
      ),
      spacing: { 1: "4px", 2: "8px", 3: "12px", 4: "16px", 6: "24px", 8: "32px", 12: "48px" },
      borderRadius: { bar: "2px", chip: "4px", toast: "6px" },
    },
  },
};
