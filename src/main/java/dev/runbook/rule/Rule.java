package dev.runbook.rule;

import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.model.Runbook;
import java.util.List;

/** One thing that can be wrong with a runbook. Pure. */
public interface Rule {
    /** Its name in kebab-case, as printed behind a finding. */
    String id();

    /** Every place where the runbook breaks it. */
    List<Diagnostic> check(Runbook runbook);
}
