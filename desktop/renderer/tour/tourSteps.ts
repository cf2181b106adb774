/** A stop of the tour: where it is, what of the page it is about. */
export interface TourStep {
  name: 'home' | 'palette' | 'canvas' | 'inspector' | 'publish' | 'inbox';
  path: string;
  /** what is ringed, where it is on the page */
  target: string;
}

/**
 * The stops of the tour. Without a flow to look at, or without the right to draw, those on the canvas are left out.
 *
 * @param flow the id of a flow to show
 */
export function tourSteps(flow: string | undefined, mayEdit: boolean): TourStep[] {
  const home: TourStep = { name: 'home', path: '/', target: '.rail ul' };
  const inbox: TourStep = { name: 'inbox', path: '/inbox', target: '.inbox' };
  if (flow === undefined || !mayEdit) return [home, inbox];
  const path = `/flows/${flow}`;
  return [
    home,
    { name: 'palette', path, target: '.palette' },
    { name: 'canvas', path, target: '.canvas' },
    { name: 'inspector', path, target: '.react-flow__node' },
    { name: 'publish', path, target: '.flow-bar' },
    inbox,
  ];
}
