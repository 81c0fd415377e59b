/** Addresses of the namespace: `here` is where sinks listen; what goes elsewhere goes to the gateway and is lost. */
export const here = '10.77.0.1';
export const gateway = '10.77.0.254';
/** An address beyond the gateway (RFC 5737: belongs to nobody). */
export const beyond = '203.0.113.9';
/** What every name in `.test` resolves to; all other names do not exist. */
export const knownSuffix = '.test';
