package dev.runbook.site;

import dev.runbook.diagnostic.Checked;
import dev.runbook.model.Runbook;
import java.util.List;
import java.util.Map;

/** Gives every variable of a runbook its value, checks it by type, and says all that is wrong at once. */
public final class SiteBinder {
    private final SecretReader secrets;

    /** A binder that fetches secrets there. */
    public SiteBinder(SecretReader secrets) {
        this.secrets = secrets;
    }

    /**
     * The site for a run.
     *
     * @param strongestFirst the values from everywhere: for each variable the first map that has it wins, then its default
     * @param runId the run's name
     * @param runStamp its start in UTC, {@code yyyymmddhhmmss}
     */
    public Checked<Site> bind(Runbook runbook, List<Map<String, Given>> strongestFirst, String runId, String runStamp) {
        throw new UnsupportedOperationException(runbook.id() + runId + runStamp + strongestFirst + secrets);
    }
}
