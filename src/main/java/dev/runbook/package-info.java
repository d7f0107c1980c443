/**
 * A declarative runbook interpreter: a YAML file of steps becomes an executed, journalled, resumable procedure.
 *
 * <p>The journey has four turns, and every arrow is one package:
 *
 * <pre>
 * file --language--&gt; Runbook --plan--&gt; Plan --engine--&gt; events --report--&gt; output
 * </pre>
 *
 * <p>Every command is a prefix of that journey: {@code lint} ends after the first turn, {@code plan} after the second,
 * {@code run} and {@code rehearse} take all four and differ only in the endpoints that they dial.
 *
 * <p>Errors belong to somebody. The author's are {@link dev.runbook.base.Diagnostic}s, all at once, with a position.
 * The world's are {@link dev.runbook.endpoint.Failure}s, values that say whether the outcome is known. The operator's are
 * refusals. Ours are exceptions, and end the program with exit code 70.
 */
package dev.runbook;
