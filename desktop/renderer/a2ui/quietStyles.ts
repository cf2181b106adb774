/**
 * The renderer's package adds a style element of its own when it is loaded, which the page's content security policy
 * refuses; its rules are for a component that is drawn by our own here. An element with that id makes it leave this out.
 * Import this before `@a2ui/react`.
 */
const styleId = 'a2ui-date-time-input-webkit-styles';
if (typeof document !== 'undefined' && !document.getElementById(styleId)) {
  const mark = document.createElement('template');
  mark.id = styleId;
  document.head.append(mark);
}

export {};
