package dev.runbook.rule.step;

import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.model.Runbook;
import dev.runbook.model.Step;
import dev.runbook.rule.About;
import dev.runbook.rule.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Two steps of one id: the journal and the command line could not tell them apart. Case does not count. */
public final class DuplicateStep implements Rule {
    private static final About ABOUT = About.error("duplicate-step", "Two steps have one id.")
            .always()
            .because(
                    "The command line and the journal name steps by their id; a resume could not tell the two apart. Case does not count.")
            .bad("""
                    steps:
                      - step: 1
                        title: See that data centre 1 is lost
                        confirm: Is it?
                      - step: 1
                        title: See that the share answers
                        confirm: Does it?
                    """)
            .good("""
                    steps:
                      - step: 1
                        title: See that data centre 1 is lost
                        confirm: Is it?
                      - step: 2
                        title: See that the share answers
                        confirm: Does it?
                    """);

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public List<Diagnostic> check(Runbook runbook) {
        Map<String, Step> seen = new HashMap<>();
        List<Diagnostic> findings = new ArrayList<>();
        for (Step step : runbook.steps()) {
            String id = step.id().text();
            Step first = id.isEmpty() ? null : seen.putIfAbsent(id.toLowerCase(Locale.ROOT), step);
            if (first != null) {
                int line = first.id().origin().position().line();
                findings.add(finding(
                        step.id().origin(),
                        "There is a step " + first.id() + " already, on line " + line + ". Give this one another id."));
            }
        }
        return findings;
    }
}
