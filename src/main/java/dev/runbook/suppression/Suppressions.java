package dev.runbook.suppression;

import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.diagnostic.Severity;
import dev.runbook.diagnostic.Source;
import dev.runbook.diagnostic.Suggestion;
import dev.runbook.suppression.Suppression.Mention;
import dev.runbook.yaml.DocumentDraft;
import dev.runbook.yaml.Unread;
import dev.runbook.yaml.YamlReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The comments of a file that switch rules off. */
public final class Suppressions {
    private static final String MARK = "runbook-lint:";

    private final Source source;
    private final List<Suppression> all;
    private final List<Diagnostic> mistakes;
    private final Unread unread;

    private Suppressions(Source source, List<Suppression> all, List<Diagnostic> mistakes, Unread unread) {
        this.source = source;
        this.all = all;
        this.mistakes = mistakes;
        this.unread = unread;
    }

    /** Those of a file; none where it is not YAML. */
    public static Suppressions in(Source source) {
        // most files have none, and need not be read twice
        boolean mentioned = source.lines().stream().anyMatch(line -> line.contains(MARK));
        if (!mentioned) {
            return new Suppressions(source, List.of(), List.of(), Unread.NOTHING);
        }
        DocumentDraft draft = YamlReader.draft(source);
        return draft.root()
                .map(root -> {
                    SuppressionReader reader = new SuppressionReader(source, root, draft.unread());
                    return new Suppressions(source, reader.read(), reader.findings(), draft.unread());
                })
                .orElseGet(() -> new Suppressions(source, List.of(), List.of(), draft.unread()));
    }

    /**
     * The findings that are left, and what is wrong with the comments themselves.
     *
     * @param findings of this file
     * @param rules the ids of all rules that were held against it, each with whether its errors can be switched off
     */
    public List<Diagnostic> apply(List<Diagnostic> findings, Map<String, Boolean> rules) {
        Set<String> switchable = rules.keySet().stream().filter(rules::get).collect(Collectors.toSet());
        List<Diagnostic> left = new ArrayList<>(mistakes);
        findings.stream()
                .filter(finding -> all.stream().noneMatch(suppression -> suppression.covers(finding, switchable)))
                .forEach(left::add);
        for (Suppression suppression : all) {
            suppression.rules().stream()
                    .flatMap(mention -> idle(suppression, mention, findings, rules))
                    .forEach(left::add);
        }
        return left;
    }

    private Stream<Diagnostic> idle(
            Suppression suppression, Mention mention, List<Diagnostic> findings, Map<String, Boolean> rules) {
        List<Diagnostic> reached = findings.stream()
                .filter(mention::names)
                .filter(suppression::reaches)
                .toList();
        if (!rules.getOrDefault(mention.rule(), false)
                && reached.stream().anyMatch(finding -> finding.severity() == Severity.ERROR)) {
            return Stream.of(warning(
                    mention,
                    SuppressionRules.NOT_UNDERSTOOD,
                    "\"" + mention.rule()
                            + "\" cannot be switched off: a runbook with this mistake cannot be run. Correct it."));
        }
        if (!reached.isEmpty()) {
            return Stream.empty();
        }
        if (!rules.containsKey(mention.rule())) {
            return Stream.of(warning(
                    mention,
                    SuppressionRules.NOT_UNDERSTOOD,
                    "There is no rule \"" + mention.rule() + "\"."
                            + Suggestion.didYouMean(mention.rule(), rules.keySet())));
        }
        if (!unread.isNothing()) {
            // what it is for may be found once everything can be read
            return Stream.empty();
        }
        return Stream.of(warning(
                mention,
                SuppressionRules.UNUSED,
                "Nothing here breaks the rule \"" + mention.rule()
                        + "\". Delete this, or it will hide the next mistake."));
    }

    private Diagnostic warning(Mention mention, String rule, String message) {
        return new Diagnostic(source, mention.span(), Severity.WARNING, rule, message);
    }
}
