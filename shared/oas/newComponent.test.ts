import { describe, expect, it } from 'vitest';
import { componentTypes, fieldsOf, isAccepted } from './componentTypes.ts';
import { isObject } from './json.ts';
import { acceptedTypes, newComponent } from './newComponent.ts';

describe('a new component', () => {
  const types = [...componentTypes].filter(([, type]) => type.group !== 'node' && type.group !== 'edge');
  it.each(types.map(([name]) => name))('%s: has all that it must have, each of a kind that may stand there', (type) => {
    const made = newComponent(type, 'New');
    for (const [name, field] of Object.entries(fieldsOf(type))) {
      if (!field.required) continue;
      expect(made, name).toHaveProperty(name);
      const value = made[name];
      if (field.kind === 'component')
        expect(isObject(value) && isAccepted(String(value.component_type), field)).toBe(true);
      if (field.kind === 'choice') expect(field.choices).toContain(value);
    }
  });
  it('knows what may stand in a field', () => {
    const field = fieldsOf('MCPTool').client_transport;
    expect(field && acceptedTypes(field)).toEqual([
      'StdioTransport',
      'SSETransport',
      'StreamableHTTPTransport',
      'SSEmTLSTransport',
      'StreamableHTTPmTLSTransport',
    ]);
  });
});
