package dev.runbook.rule.tag;

import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.model.Runbook;
import dev.runbook.rule.About;
import dev.runbook.rule.Rule;
import dev.runbook.rule.TagUse;
import dev.runbook.rule.TextUses;
import dev.runbook.template.Tag;
import java.util.List;

/** Tags that the language does not have, and tags that are not well formed. */
public final class RefusedTag implements Rule {
    private static final About ABOUT = About.error(
                    "refused-tag", "A tag is of a kind that the language does not have, or is not well formed.")
            .always()
            .because(
                    "Mustache knows more than a runbook should: partials, inverted sections, unescaped values. They hide logic in a text.")
            .bad("""
                    steps:
                      - step: 1
                        title: Copy from {{{log_share}}}
                        confirm: Does it answer?
                    """)
            .good("""
                    steps:
                      - step: 1
                        title: Copy from {{log_share}}
                        confirm: Does it answer?
                    """);

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public List<Diagnostic> check(Runbook runbook) {
        return TagUse.all(TextUses.of(runbook)).stream()
                .filter(use -> use.tag().kind() == Tag.Kind.REFUSED)
                .map(use -> use.error(id(), use.tag().refusal().orElse("This tag is refused.")))
                .toList();
    }
}
