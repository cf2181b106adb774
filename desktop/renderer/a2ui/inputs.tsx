import type { ReactComponentImplementation } from '@a2ui/react/v0_9';
import { createComponentImplementation } from '@a2ui/react/v0_9';
import {
  ButtonApi,
  CheckBoxApi,
  ChoicePickerApi,
  DateTimeInputApi,
  SliderApi,
  TextFieldApi,
} from '@a2ui/web_core/v0_9/basic_catalog';
import {
  Button,
  Checkbox,
  Chip,
  Group,
  Input,
  NumberInput,
  PasswordInput,
  Radio,
  Slider,
  Stack,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useId, useState } from 'react';
import { numberMarks } from '../messages/formats.ts';
import { useT } from '../messages/useT.ts';
import { dateInputValue, dateKind } from './dates.ts';
import { InButtonContext, useFormState } from './FormState.ts';
import { weightStyle } from './layout.tsx';

/** The first thing that is wrong with a value, once the person has been there: an untouched form does not scold. */
function useShownError(errors: string[] | undefined): { error: string | undefined; touch: () => void } {
  const [touched, setTouched] = useState(false);
  return { error: touched ? errors?.[0] : undefined, touch: () => setTouched(true) };
}

const ButtonView = createComponentImplementation(ButtonApi, ({ props, buildChild, context }) => {
  const { readOnly, sending } = useFormState();
  const raw: unknown = context.componentModel.properties.action;
  const event = typeof raw === 'object' && raw !== null && 'event' in raw ? raw.event : undefined;
  const decision =
    typeof event === 'object' && event !== null && 'name' in event && typeof event.name === 'string'
      ? event.name
      : undefined;
  const refusing = decision !== undefined && /^(reject|decline|deny|refuse|cancel|delete)/i.test(decision);
  const decides = decision !== undefined;
  return (
    <Button
      variant={props.variant === 'primary' ? 'filled' : props.variant === 'borderless' ? 'subtle' : 'default'}
      className={refusing && props.variant !== 'primary' ? 'danger' : undefined}
      disabled={props.isValid === false || (decides && (readOnly || (sending !== null && sending !== decision)))}
      loading={decides && sending === decision}
      onClick={() => props.action?.()}
      style={weightStyle(props.weight)}
      {...(decides && { 'data-decision': decision })}
      {...(props.variant === 'primary' && { 'data-primary': 'true' })}
    >
      <InButtonContext.Provider value={true}>{props.child ? buildChild(props.child) : null}</InButtonContext.Provider>
    </Button>
  );
});

const TextField = createComponentImplementation(TextFieldApi, ({ props }) => {
  const { readOnly } = useFormState();
  const { error, touch } = useShownError(props.validationErrors);
  const given: unknown = props.value;
  const value =
    given === undefined || given === null ? '' : typeof given === 'object' ? JSON.stringify(given) : String(given);
  const shared = {
    label: props.label,
    description: typeof props.accessibility?.description === 'string' ? props.accessibility.description : undefined,
    error,
    readOnly,
    onBlur: touch,
    style: weightStyle(props.weight),
  };
  const change = (next: string) => props.setValue(next);
  if (props.variant === 'number') {
    return (
      <NumberInput
        {...shared}
        value={value}
        {...numberMarks()}
        hideControls
        inputMode="decimal"
        onChange={(next) => change(String(next))}
      />
    );
  }
  if (props.variant === 'longText') {
    return (
      <Textarea
        {...shared}
        autosize
        minRows={2}
        maxRows={14}
        value={value}
        onChange={(event) => change(event.currentTarget.value)}
      />
    );
  }
  if (props.variant === 'obscured') {
    return (
      <PasswordInput
        {...shared}
        autoComplete="off"
        value={value}
        onChange={(event) => change(event.currentTarget.value)}
      />
    );
  }
  return <TextInput {...shared} value={value} onChange={(event) => change(event.currentTarget.value)} />;
});

const CheckBox = createComponentImplementation(CheckBoxApi, ({ props }) => {
  const { readOnly } = useFormState();
  const { error, touch } = useShownError(props.validationErrors);
  const given: unknown = props.value;
  return (
    <Checkbox
      label={props.label}
      error={error}
      checked={given === true || given === 'true'}
      disabled={readOnly}
      onBlur={touch}
      onChange={(event) => props.setValue(event.currentTarget.checked)}
      style={weightStyle(props.weight)}
    />
  );
});

const ChoicePicker = createComponentImplementation(ChoicePickerApi, ({ props }) => {
  const t = useT();
  const { readOnly } = useFormState();
  const { error, touch } = useShownError(props.validationErrors);
  const [search, setSearch] = useState('');
  const labelId = useId();
  const given: unknown = props.value;
  // a text that came from a step stands for a choice of one
  const chosen = Array.isArray(given) ? given.map(String) : typeof given === 'string' && given !== '' ? [given] : [];
  const single = props.variant !== 'multipleSelection';
  const words = search.trim().toLowerCase();
  const options = (props.options ?? []).filter(
    (option) => words === '' || String(option.label).toLowerCase().includes(words),
  );
  const choose = (next: string[]) => {
    touch();
    props.setValue(next);
  };
  const filter = props.filterable && (
    <TextInput
      size="xs"
      mb={8}
      value={search}
      placeholder={t('inbox.form.filter')}
      aria-label={t('inbox.form.filter')}
      onChange={(event) => setSearch(event.currentTarget.value)}
    />
  );
  const frame = { label: props.label, error, labelElement: 'div' as const, style: weightStyle(props.weight) };
  if (props.displayStyle === 'chips') {
    return (
      <Input.Wrapper {...frame} labelProps={{ id: labelId }}>
        {filter}
        <Group gap="xs" role="group" aria-labelledby={labelId}>
          {options.map((option) => (
            <Chip
              key={option.value}
              checked={chosen.includes(option.value)}
              disabled={readOnly}
              type={single ? 'radio' : 'checkbox'}
              onChange={(checked) =>
                choose(
                  single
                    ? [option.value]
                    : checked
                      ? [...chosen, option.value]
                      : chosen.filter((v) => v !== option.value),
                )
              }
            >
              {String(option.label)}
            </Chip>
          ))}
        </Group>
      </Input.Wrapper>
    );
  }
  if (single) {
    return (
      <Radio.Group
        label={props.label}
        error={error}
        value={chosen[0] ?? ''}
        onChange={(value) => choose([value])}
        style={weightStyle(props.weight)}
      >
        {filter}
        <div className="a2ui-choices">
          {options.map((option) => (
            <Radio
              key={option.value}
              value={option.value}
              label={String(option.label)}
              disabled={readOnly}
              className="a2ui-choice"
              data-chosen={chosen[0] === option.value}
            />
          ))}
        </div>
      </Radio.Group>
    );
  }
  return (
    <Checkbox.Group
      label={props.label}
      error={error}
      value={chosen}
      onChange={choose}
      style={weightStyle(props.weight)}
    >
      {filter}
      <Stack gap="xs">
        {options.map((option) => (
          <Checkbox key={option.value} value={option.value} label={String(option.label)} disabled={readOnly} />
        ))}
      </Stack>
    </Checkbox.Group>
  );
});

const SliderView = createComponentImplementation(SliderApi, ({ props }) => {
  const { readOnly } = useFormState();
  const { error } = useShownError(props.validationErrors);
  const value = Number(props.value ?? props.min ?? 0);
  const min = props.min ?? 0;
  const fine = Number.isInteger(min) && Number.isInteger(props.max) && props.max - min > 1;
  return (
    <Input.Wrapper label={props.label} error={error} labelElement="div" style={weightStyle(props.weight)}>
      <Group gap="md" wrap="nowrap">
        <Slider
          className="grow"
          min={min}
          max={props.max}
          step={fine ? 1 : (props.max - min) / 100}
          value={Number.isFinite(value) ? value : min}
          disabled={readOnly}
          label={null}
          thumbLabel={props.label ?? ''}
          onChange={(next) => props.setValue(next)}
        />
        <span className="strong">{Number.isFinite(value) ? value : min}</span>
      </Group>
    </Input.Wrapper>
  );
});

const DateTimeInput = createComponentImplementation(DateTimeInputApi, ({ props }) => {
  const { readOnly } = useFormState();
  const { error, touch } = useShownError(props.validationErrors);
  const kind = dateKind(props.enableDate, props.enableTime);
  return (
    <TextInput
      type={kind}
      label={props.label}
      error={error}
      readOnly={readOnly}
      onBlur={touch}
      value={dateInputValue(typeof props.value === 'string' ? props.value : '', kind)}
      min={typeof props.min === 'string' ? dateInputValue(props.min, kind) : undefined}
      max={typeof props.max === 'string' ? dateInputValue(props.max, kind) : undefined}
      onChange={(event) => props.setValue(event.currentTarget.value)}
      style={weightStyle(props.weight)}
    />
  );
});

/** The components that a person works with. */
export const inputComponents: ReactComponentImplementation[] = [
  ButtonView,
  TextField,
  CheckBox,
  ChoicePicker,
  SliderView,
  DateTimeInput,
];
