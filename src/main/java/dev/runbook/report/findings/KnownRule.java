package dev.runbook.report.findings;

import dev.runbook.diagnostic.Severity;
import java.net.URI;

/**
 * What is known of a rule, for formats that describe their rules.
 *
 * @param id in kebab-case
 * @param severity how bad its findings are, as a rule
 * @param summary what it is about, in one sentence
 * @param help the same at length, as Markdown; the reason, a bad and a good example
 * @param page where it is described
 */
public record KnownRule(String id, Severity severity, String summary, String help, URI page) {}
