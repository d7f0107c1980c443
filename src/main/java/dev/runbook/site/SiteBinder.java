package dev.runbook.site;

import dev.runbook.base.Checked;
import dev.runbook.language.Runbook;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gives every variable of a runbook its value, checks it by type, and says all that is wrong at once. */
public final class SiteBinder {
    /** Stands for every secret while the rest is checked: nobody is asked for a password in vain. */
    private static final SecretReader NOBODY = new SecretReader() {
        @Override
        public Optional<String> prompt(String question) {
            return Optional.of("-");
        }

        @Override
        public Optional<String> file(String path) {
            return Optional.of("-");
        }

        @Override
        public Optional<String> environment(String name) {
            return Optional.of("-");
        }
    };

    private final SecretReader secrets;

    /** A binder that fetches secrets there. */
    public SiteBinder(SecretReader secrets) {
        this.secrets = secrets;
    }

    /** A binder that asks nobody: every secret is the same. For plans and comparisons, never for a run. */
    public static SiteBinder withoutSecrets() {
        return new SiteBinder(NOBODY);
    }

    /**
     * The site for a run. Secrets are fetched only when everything else is right.
     *
     * @param strongestFirst the values from everywhere: for each variable the first map that has it wins, then its default. A
     *     name that the runbook does not have is passed over: {@code ForeignNames} warns of it
     * @param runId the run's name
     * @param runStamp its start in UTC, {@code yyyymmddhhmmss}
     */
    public Checked<Site> bind(Runbook runbook, List<Map<String, Given>> strongestFirst, String runId, String runStamp) {
        Checked<Site> rehearsed = new VariableBinding(runbook, strongestFirst, runId, runStamp, NOBODY).bind();
        return rehearsed.hasErrors()
                ? rehearsed
                : new VariableBinding(runbook, strongestFirst, runId, runStamp, secrets).bind();
    }
}
