// The messages beyond the Language Server Protocol; docs/protocol.md describes them.
import {
  NotificationType,
  RequestType,
  type Diagnostic,
  type TextDocumentIdentifier,
} from 'vscode-languageclient/node';

export interface CompileParams {
  readonly textDocument: TextDocumentIdentifier;
}

export interface CompileResult {
  /** The version of the document that was compiled; null when it was read from the file. */
  readonly version: number | null;
  /** Path of the object file; null when there are errors. */
  readonly object: string | null;
  readonly errors: number;
  readonly diagnostics: readonly Diagnostic[];
  /** How to run it, without elevation; empty when there is no object. */
  readonly command: readonly string[];
  /** False when nothing of it runs in the kernel. */
  readonly needsPrivilege: boolean;
}

/** Compiles a document as it stands in the editor. */
export const CompileRequest = new RequestType<CompileParams, CompileResult, void>('tapwright/compile');

export interface CodeResult {
  readonly version: number | null;
  /** The code of the kernel probes, for people; null when the document is not open or has errors. */
  readonly code: string | null;
}

/** Shows what an open document compiles to. */
export const CodeRequest = new RequestType<CompileParams, CodeResult, void>('tapwright/code');

export interface ServerStatus {
  /** `loading` while facts of the traced machine are still being read. */
  readonly state: 'loading' | 'ready';
  /** The kernel in use, such as `6.18.5`. */
  readonly targetKernel: string;
  /** A sentence for a tool tip. */
  readonly message: string;
}

export const StatusNotification = new NotificationType<ServerStatus>('tapwright/status');

/** What this client can do beyond the protocol, told in `initializationOptions.client`. */
export const CLIENT_ABILITIES = { runs: true, output: false, status: true } as const;
