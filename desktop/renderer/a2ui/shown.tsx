import type { ReactComponentImplementation } from '@a2ui/react/v0_9';
import { createComponentImplementation } from '@a2ui/react/v0_9';
import { AudioPlayerApi, IconApi, ImageApi, TextApi, VideoApi } from '@a2ui/web_core/v0_9/basic_catalog';
import { IconQuestionMark } from '@tabler/icons-react';
import { useContext } from 'react';
import { InButtonContext } from './FormState.ts';
import { iconNamed } from './icons.ts';
import { weightStyle } from './layout.tsx';
import { Markdown, MarkdownLine } from './Markdown.tsx';

/** The page has its own h1 and h2; the small ones are looks of a value more often than headings. */
const headings = { h1: 'h3', h2: 'h3', h3: 'h4', h4: 'div', h5: 'div' } as const;

const Text = createComponentImplementation(TextApi, ({ props }) => {
  const inButton = useContext(InButtonContext);
  const text = typeof props.text === 'string' ? props.text : props.text == null ? '' : String(props.text);
  if (inButton) return <MarkdownLine text={text} />;
  const { variant } = props;
  const style = weightStyle(props.weight);
  if (variant === 'caption') {
    return (
      <div className="a2ui-caption" style={style}>
        <MarkdownLine text={text} />
      </div>
    );
  }
  if (variant && variant !== 'body') {
    const Tag = headings[variant];
    return (
      <Tag className={`a2ui-heading a2ui-${variant}`} style={style}>
        <MarkdownLine text={text} />
      </Tag>
    );
  }
  return (
    <div className="a2ui-text" style={style}>
      <Markdown text={text} />
    </div>
  );
});

/** Only pictures, sound and film from the web or inside the form itself; nothing that runs. */
function safeSource(url: unknown): string | undefined {
  return typeof url === 'string' && /^(https?:|data:(image|audio|video)\/|\/)/i.test(url) ? url : undefined;
}

const Image = createComponentImplementation(ImageApi, ({ props }) => (
  <img
    className={`a2ui-image a2ui-image-${props.variant ?? 'mediumFeature'}`}
    src={safeSource(props.url)}
    alt={props.description ?? ''}
    style={{
      ...weightStyle(props.weight),
      objectFit: props.fit === 'scaleDown' ? 'scale-down' : (props.fit ?? 'contain'),
    }}
  />
));

const IconView = createComponentImplementation(IconApi, ({ props }) => {
  const { name } = props;
  if (typeof name === 'object' && name !== null && 'svgPath' in name) {
    return (
      <svg className="a2ui-icon" viewBox="0 0 24 24" width={20} height={20} fill="currentColor" aria-hidden="true">
        <path d={String(name.svgPath)} />
      </svg>
    );
  }
  const Sign = (typeof name === 'string' ? iconNamed(name) : undefined) ?? IconQuestionMark;
  return <Sign className="a2ui-icon" size={20} stroke={1.6} aria-hidden="true" />;
});

const Video = createComponentImplementation(VideoApi, ({ props }) => (
  // biome-ignore lint/a11y/useMediaCaption: the catalogue's component has no place for captions
  <video
    className="a2ui-video"
    src={safeSource(props.url)}
    controls
    preload="metadata"
    style={weightStyle(props.weight)}
  />
));

const AudioPlayer = createComponentImplementation(AudioPlayerApi, ({ props }) => (
  <figure className="a2ui-audio" style={weightStyle(props.weight)}>
    {props.description && <figcaption className="a2ui-caption">{props.description}</figcaption>}
    {/* biome-ignore lint/a11y/useMediaCaption: the catalogue's component has no place for captions */}
    <audio src={safeSource(props.url)} controls preload="metadata" />
  </figure>
));

/** The components that only show something. */
export const shownComponents: ReactComponentImplementation[] = [Text, Image, IconView, Video, AudioPlayer];
