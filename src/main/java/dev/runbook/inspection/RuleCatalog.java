package dev.runbook.inspection;

import dev.runbook.diagnostic.Severity;
import dev.runbook.lint.Rules;
import dev.runbook.report.findings.KnownRule;
import dev.runbook.rule.Rule;
import java.net.URI;
import java.util.List;

/** The rules as formats describe them. */
public final class RuleCatalog {
    private RuleCatalog() {}

    /**
     * All rules.
     *
     * @param page where they are described, each under its id; a URN where nobody has said
     */
    public static List<KnownRule> all(String page) {
        return Rules.all().stream().map(rule -> known(rule, page)).toList();
    }

    private static KnownRule known(Rule rule, String page) {
        String address = page.isEmpty() ? "urn:runbook:rule:" + rule.id() : page + "#" + rule.id();
        return new KnownRule(rule.id(), Severity.ERROR, rule.id(), rule.id(), URI.create(address));
    }
}
