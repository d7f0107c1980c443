package dev.runbook.rule.tag;

import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.model.Runbook;
import dev.runbook.rule.Rule;
import dev.runbook.rule.TagUse;
import dev.runbook.rule.TextUses;
import dev.runbook.template.Tag;
import java.util.List;

/** Tags that the language does not have, and tags that are not well formed. */
public final class RefusedTag implements Rule {
    @Override
    public String id() {
        return "refused-tag";
    }

    @Override
    public List<Diagnostic> check(Runbook runbook) {
        return TagUse.all(TextUses.of(runbook)).stream()
                .filter(use -> use.tag().kind() == Tag.Kind.REFUSED)
                .map(use -> use.error(id(), use.tag().refusal().orElse("This tag is refused.")))
                .toList();
    }
}
