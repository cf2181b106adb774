import { Button, FileButton } from '@mantine/core';
import { IconKeyboard, IconPlugConnected, IconPlus, IconUpload, IconUserPlus } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { type Outputs, useMe, useWrite } from '../../api/queries.ts';
import { StepIcon } from '../../canvas/StepIcon.tsx';
import type { StepKind } from '../../canvas/stepKinds.ts';
import { useT } from '../../messages/useT.ts';
import { KeyCap } from '../../parts/KeyCap.tsx';
import { kindOfSign } from '../../parts/StepSigns.tsx';
import { tellFailure } from '../../parts/tell.ts';
import { Logo } from '../../shell/Logo.tsx';
import { isTyping } from '../../shell/useGlobalKeys.ts';
import { TourOffer } from '../../tour/TourOffer.tsx';
import { importTypes } from '../flows/ImportButton.tsx';
import { ImportFailureDialog } from '../flows/ImportFailureDialog.tsx';
import { NewFlowDialog } from '../flows/NewFlowDialog.tsx';
import { useFileDrop } from '../flows/useFileDrop.ts';
import { useImportFlow } from '../flows/useImportFlow.ts';
import { useSampleLanguage } from '../templates/useSampleLanguage.ts';
import { firstName } from './greeting.ts';

type Home = Outputs['home']['get'];
type Sample = Home['samples'][number];

const shownSamples = 3;

/** Home of a new workspace: samples to try, a blank start, a file to bring. */
export function Welcome({ home }: { home: Home }) {
  const t = useT();
  const { me, may } = useMe();
  const [making, setMaking] = useState(false);
  const flowImport = useImportFlow();
  const mayEdit = may('flow.edit');
  const over = useFileDrop(mayEdit, flowImport.importFile);
  const choose = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    if (!mayEdit) return;
    const listen = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
      if (event.key === 'n') setMaking(true);
      else if (event.key === 'i') choose.current?.click();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [mayEdit]);

  return (
    <div className="welcome">
      <Logo size={44} />
      <h1>{t('home.welcome', { name: firstName(me?.user.name ?? '') })}</h1>
      <p className="welcome-words">{t('home.welcome.words')}</p>
      <TourOffer />
      <div className="sample-cards">
        {home.samples.slice(0, shownSamples).map((sample, index) => (
          <SampleCard key={sample.slug} sample={sample} home={home} first={index === 0} mayEdit={mayEdit} />
        ))}
      </div>
      {mayEdit && (
        <div className="welcome-ways">
          <button type="button" className="plain-button welcome-way" onClick={() => setMaking(true)}>
            <span className="welcome-way-icon" aria-hidden="true">
              <IconPlus size={20} />
            </span>
            <span className="grow">
              <span className="strong">{t('home.blank')}</span>
              <br />
              <span className="dim small">{t('home.blank.words')}</span>
            </span>
            <KeyCap name="N" />
          </button>
          <FileButton
            accept={importTypes}
            onChange={(file) => {
              if (file) flowImport.importFile(file);
            }}
          >
            {(props) => (
              <button {...props} ref={choose} type="button" className="plain-button welcome-way">
                <span className="welcome-way-icon" aria-hidden="true">
                  <IconUpload size={20} />
                </span>
                <span className="grow">
                  <span className="strong">{t('shell.do.import')}</span>
                  <br />
                  <span className="dim small">{t('home.import.words')}</span>
                </span>
                <KeyCap name="I" />
              </button>
            )}
          </FileButton>
        </div>
      )}
      <div className="welcome-more">
        {may('people.manage') && (
          <Link href="/admin/people">
            <IconUserPlus size={16} aria-hidden="true" />
            {t('home.invite')}
          </Link>
        )}
        {may('secret.manage') && (
          <Link href="/admin/secrets">
            <IconPlugConnected size={16} aria-hidden="true" />
            {t('home.secrets')}
          </Link>
        )}
        <span>
          <IconKeyboard size={16} aria-hidden="true" />
          {t('home.press')} <KeyCap name="?" /> {t('home.forShortcuts')}
        </span>
      </div>
      {over && <div className="drop-veil">{t('flows.import.drop')}</div>}
      <ImportFailureDialog flowImport={flowImport} />
      {making && <NewFlowDialog onClose={() => setMaking(false)} />}
    </div>
  );
}

interface SampleCardProps {
  sample: Sample;
  home: Home;
  first: boolean;
  mayEdit: boolean;
}

/** A sample with a picture of its steps; "Try it" opens the one in the workspace, or makes it. */
function SampleCard({ sample, home, first, mayEdit }: SampleCardProps) {
  const t = useT();
  const [, navigate] = useLocation();
  const language = useSampleLanguage();
  const create = useWrite('flow', 'create', ['flow', 'home']);
  const there = home.recentFlows.find((flow) => flow.name === sample.name);
  const tryIt = () => {
    if (there) {
      navigate(`/flows/${there.id}`);
      return;
    }
    create.mutate(
      { name: sample.name, sample: sample.slug, ...language },
      {
        onSuccess: ({ flowId }) => navigate(`/flows/${flowId}`),
        onError: (error) => tellFailure(error, t('home.tryFailed', { name: sample.name })),
      },
    );
  };
  return (
    <section className="panel sample-card" aria-label={sample.name}>
      <SamplePicture kinds={sample.steps.map(kindOfSign)} />
      <div className="sample-body">
        <h2 className="title-3">{sample.name}</h2>
        <p className="dim">{sample.description}</p>
        <div className="row">
          {(mayEdit || there) && (
            <Button variant={first ? 'filled' : 'default'} onClick={tryIt} loading={create.isPending}>
              {t('home.tryIt')}
            </Button>
          )}
          <span className="grow" />
          <span className="faint small">{t('flows.steps', { count: sample.steps.length })}</span>
        </div>
      </div>
    </section>
  );
}

function SamplePicture({ kinds }: { kinds: StepKind[] }) {
  // the ends are always drawn, and as much of the middle as there is room for
  const shown = kinds.length <= 5 ? kinds : [...kinds.slice(0, 4), ...kinds.slice(-1)];
  return (
    <div className="sample-picture" aria-hidden="true">
      {shown.map((kind, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row of steps that never changes
        <span key={index} className="sample-step">
          <StepIcon kind={kind} size={24} />
        </span>
      ))}
    </div>
  );
}
