import './quietStyles.ts';
import { basicCatalog as published, type ReactComponentImplementation } from '@a2ui/react/v0_9';
import { Catalog } from '@a2ui/web_core/v0_9';
import { basicCatalog } from '@rondo/shared/a2ui/surface.ts';
import { inputComponents } from './inputs.tsx';
import { layoutComponents } from './layout.tsx';
import { shownComponents } from './shown.tsx';

/** The 18 components of A2UI's basic catalogue, drawn in the design of this product; the functions are A2UI's own. */
export const catalog: Catalog<ReactComponentImplementation> = new Catalog(
  basicCatalog,
  [...shownComponents, ...layoutComponents, ...inputComponents],
  [...published.functions.values()],
);
