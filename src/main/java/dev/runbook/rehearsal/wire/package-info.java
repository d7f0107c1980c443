/**
 * The layers of TDS below its tokens: packets, numbers and texts, the greeting, TLS. Knows nothing of sessions or statements.
 *
 * <p>The format is Microsoft's open specification [MS-TDS], version 7.4, as far as one driver uses it.
 */
package dev.runbook.rehearsal.wire;
