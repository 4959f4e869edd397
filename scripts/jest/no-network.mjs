import { Socket } from 'node:net';

// Tests talk to this machine only. What would reach out fails at once and by name, instead of after a minute of retries
// or, on a machine with credentials, in somebody's account.
const local = new Set([undefined, '', 'localhost', '127.0.0.1', '::1', '0.0.0.0', '::']);
const allowed = Symbol.for('ami-rollout.no-network');

if (!(allowed in Socket.prototype)) {
  const connect = Socket.prototype.connect;
  /** `connect(options)`, `connect(port, host)`, `connect(path)`; Node itself passes the first as a list. */
  Socket.prototype.connect = function (...args) {
    const [first, second] = Array.isArray(args[0]) ? args[0] : args;
    const host = typeof first === 'object' ? first?.host : typeof second === 'string' ? second : undefined;
    if (!local.has(host))
      throw new Error(`A test tried to reach ${host}. Tests run without a network: use a stand-in.`);
    return connect.apply(this, args);
  };
  Socket.prototype[allowed] = true;
}

// The SDK would look for credentials in the shell, in files and on the instance.
process.env.AWS_EC2_METADATA_DISABLED = 'true';
process.env.AWS_CONFIG_FILE = process.env.AWS_SHARED_CREDENTIALS_FILE = '/dev/null';
for (const name of ['AWS_PROFILE', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'])
  Reflect.deleteProperty(process.env, name);
