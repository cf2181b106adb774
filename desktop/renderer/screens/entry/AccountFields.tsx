import { PasswordInput, TextInput } from '@mantine/core';
import { useT } from '../../messages/useT.ts';

export interface Account {
  name: string;
  email: string;
  password: string;
}

export type AccountErrors = Partial<Record<keyof Account, 'entry.needName' | 'entry.needEmail' | 'entry.needPassword'>>;

/** What is missing in a new account, by field. */
export function accountErrors(account: Account): AccountErrors {
  return {
    ...(account.name.trim() === '' && { name: 'entry.needName' as const }),
    ...(!/^\S+@\S+\.\S+$/.test(account.email.trim()) && { email: 'entry.needEmail' as const }),
    ...(account.password.length < 10 && { password: 'entry.needPassword' as const }),
  };
}

interface AccountFieldsProps {
  account: Account;
  errors: AccountErrors;
  onChange: (account: Account) => void;
  emailFixed?: boolean;
}

/** Name, e-mail address and password of a new account. */
export function AccountFields({ account, errors, onChange, emailFixed }: AccountFieldsProps) {
  const t = useT();
  return (
    <>
      <TextInput
        label={t('entry.name')}
        description={t('entry.nameHint')}
        autoComplete="name"
        autoFocus
        value={account.name}
        error={errors.name && t(errors.name)}
        onChange={(event) => onChange({ ...account, name: event.currentTarget.value })}
      />
      <TextInput
        label={t('entry.email')}
        description={t(emailFixed ? 'entry.emailFixed' : 'entry.emailHint')}
        type="email"
        autoComplete="email"
        readOnly={emailFixed ?? false}
        value={account.email}
        error={errors.email && t(errors.email)}
        onChange={(event) => onChange({ ...account, email: event.currentTarget.value })}
      />
      <NewPassword
        value={account.password}
        error={errors.password}
        onChange={(password) => onChange({ ...account, password })}
      />
    </>
  );
}

interface NewPasswordProps {
  value: string;
  error: AccountErrors['password'];
  onChange: (value: string) => void;
}

/** A password that somebody chooses. */
export function NewPassword({ value, error, onChange }: NewPasswordProps) {
  const t = useT();
  return (
    <PasswordInput
      label={t('entry.password')}
      description={t('entry.passwordHint')}
      autoComplete="new-password"
      value={value}
      error={error && t(error)}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
