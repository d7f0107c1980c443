package dev.runbook.lint;

import dev.runbook.rule.About;
import dev.runbook.rule.Rule;
import dev.runbook.rule.Rules;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The rules as people and formats are told about them. */
public final class RuleCatalog {
    private static final String NOWHERE = "urn:runbook:rule:";

    private RuleCatalog() {}

    /**
     * Everything that can be found.
     *
     * @param page where somebody has put the page on rules; empty where nobody has
     */
    public static List<LintReport.KnownRule> all(Optional<URI> page) {
        RuleReference reference = new RuleReference(new Linter());
        List<LintReport.KnownRule> known = new ArrayList<>();
        for (Rule rule : Rules.all()) {
            known.add(known(rule.about(), reference.markdown(rule), page));
        }
        for (About other : RuleReference.OtherFindings.all()) {
            known.add(known(other, other.summary(), page));
        }
        return known;
    }

    /** What there is to say about a rule, for a terminal; empty if there is none of that id. */
    public static Optional<String> explain(String id) {
        return Rules.all().stream()
                .filter(rule -> rule.id().equals(id))
                .findFirst()
                .map(rule -> new RuleReference(new Linter()).text(rule))
                .or(() -> RuleReference.OtherFindings.of(id).map(RuleReference::text));
    }

    /** The ids of everything that can be found. */
    public static List<String> ids() {
        return Stream.concat(
                        Rules.all().stream().map(Rule::id),
                        RuleReference.OtherFindings.all().stream().map(About::id))
                .toList();
    }

    private static LintReport.KnownRule known(About about, String help, Optional<URI> page) {
        // no address is better than one that leads nowhere, but the id of the rule is an address of a kind
        URI address = page.map(where -> URI.create(where + "#" + about.id()))
                .orElseGet(() -> URI.create(NOWHERE + about.id()));
        return new LintReport.KnownRule(about.id(), about.severity(), about.summary(), help, address);
    }
}
