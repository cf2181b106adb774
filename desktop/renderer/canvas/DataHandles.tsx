import { Handle, Position } from '@xyflow/react';

/** Where the lines of data leave a card and come in: nobody draws them by hand. */
export function DataHandles() {
  return (
    <>
      <Handle
        type="source"
        id="data-out"
        position={Position.Bottom}
        isConnectable={false}
        className="data-handle"
        style={{ left: '55%' }}
      />
      <Handle
        type="target"
        id="data-in"
        position={Position.Bottom}
        isConnectable={false}
        className="data-handle"
        style={{ left: '45%' }}
      />
    </>
  );
}
