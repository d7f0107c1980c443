package dev.runbook.rule.tag;

import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.model.Runbook;
import dev.runbook.model.VariableType;
import dev.runbook.rule.Rule;
import dev.runbook.rule.TagUse;
import dev.runbook.rule.TextUse;
import dev.runbook.rule.TextUses;
import java.util.List;

/** A secret where it would be seen: in T-SQL, which the journal keeps, or in text for people. */
public final class SecretShown implements Rule {
    @Override
    public String id() {
        return "secret-shown";
    }

    @Override
    public List<Diagnostic> check(Runbook runbook) {
        return TagUse.all(TextUses.of(runbook)).stream()
                .filter(use -> use.text().place() != TextUse.Place.DATA)
                .filter(use -> use.variable()
                        .filter(variable -> variable.type() == VariableType.SECRET)
                        .isPresent())
                .map(use ->
                        use.error(id(), "\"" + use.tag().head() + "\" is a secret. It may stand in parameters alone."))
                .toList();
    }
}
