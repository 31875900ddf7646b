import { Absent } from '../../adapters/store/reader.ts';
import { Damaged } from '../../adapters/store/copy.ts';
import { Newer } from '../../adapters/store/migrate.ts';
import { Occupied } from '../../adapters/store/file.ts';
import { ConfigFault } from '../config.ts';
import { Trouble, WrongUse } from './command.ts';

/** What to tell whoever typed the command, and with which exit status; nothing when the fault is a bug of Offshoot's. */
export function troubleOf(fault: unknown): { says: string; status: 1 | 2 } | undefined {
  if (fault instanceof WrongUse || fault instanceof ConfigFault) return { says: fault.message, status: 2 };
  const says = sentence(fault);
  return says === undefined ? undefined : { says, status: 1 };
}

function sentence(fault: unknown): string | undefined {
  if (fault instanceof Trouble || fault instanceof Occupied) return fault.message;
  if (fault instanceof Absent) return `${fault.message} It is made by the first npx offshoot start; DATABASE_URL says where.`;
  if (fault instanceof Newer) return `${fault.message} Install that Offshoot again, or restore a backup made before it.`;
  if (fault instanceof Damaged) return `${fault.message} Restore a backup: npx offshoot restore <file>`;
  if (!(fault instanceof Error)) return undefined;
  const { code, port, path, address } = fault as NodeJS.ErrnoException & { port?: number; address?: string };
  if (code?.startsWith('SQLITE_IOERR')) return 'The database cannot be read: is DATABASE_URL a file, and the disk sound?';
  switch (code ?? '') {
    case 'EADDRINUSE':
      return `Port ${port} is in use by another program. Stop that one, or set PORT to another port; PORT=0 takes any that is free.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `This machine has no address ${address ?? ''}. Set HOST to one that it has, like 127.0.0.1.`;
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      if (port !== undefined) return `Port ${port} may not be opened by this user. Set PORT to one above 1023.`;
      return `${path ?? 'A file'} may not be written by this user. Give it the right to, or choose another place.`;
    case 'ENOSPC':
    case 'SQLITE_FULL':
      return 'The disk is full. Make room on it and try again; nothing was half done.';
    case 'SQLITE_CANTOPEN':
      return 'The database cannot be opened. Does its folder exist, and may this user read and write in it?';
    case 'SQLITE_READONLY':
    case 'SQLITE_READONLY_DIRECTORY':
    case 'SQLITE_READONLY_CANTINIT':
      return 'The database may not be written by this user. Give it the right to write the file and its folder.';
    case 'SQLITE_NOTADB':
    case 'SQLITE_CORRUPT':
      return 'The database file is no database or is damaged. Restore a backup: npx offshoot restore <file>';
    default:
      return undefined;
  }
}
