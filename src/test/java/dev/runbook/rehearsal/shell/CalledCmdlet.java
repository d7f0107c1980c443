package dev.runbook.rehearsal.shell;

import dev.runbook.base.Value;
import java.util.List;
import java.util.Map;

/**
 * A cmdlet that is called without a shell around it.
 *
 * @param said takes what it says while it runs
 */
public record CalledCmdlet(Cmdlet cmdlet, List<String> said) {
    /** A call with these parameters. */
    public Call bind(Map<String, Value> parameters) {
        return Call.of(cmdlet, parameters, new Call.Voice() {
            @Override
            public void progress(String activity, String status, int percent) {
                said.add(percent + "%");
            }

            @Override
            public void warn(String text) {
                said.add(text);
            }
        });
    }

    /** What it writes. */
    public List<Object> run(Map<String, Value> parameters) {
        return cmdlet.run(bind(parameters));
    }
}
