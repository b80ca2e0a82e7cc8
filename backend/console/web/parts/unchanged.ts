// A part that is drawn anew only when one of its traits is another: rows by the hundred stay untouched.

import { Component, type ComponentChildren, type ComponentType } from "preact";

/** The same part, left as it is while every trait is the identical one. */
export function unlessUnchanged<Traits extends object>(
  draw: (traits: Traits) => ComponentChildren,
): ComponentType<Traits> {
  return class extends Component<Traits> {
    override shouldComponentUpdate(next: Readonly<Traits>): boolean {
      const before: Readonly<Traits> = this.props;
      const names = Object.keys(next) as (keyof Traits)[];
      return names.some((name) => next[name] !== before[name]);
    }

    override render(traits: Traits) {
      return draw(traits);
    }
  };
}
