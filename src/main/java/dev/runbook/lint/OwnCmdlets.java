package dev.runbook.lint;

import dev.runbook.base.Checked;
import dev.runbook.base.Diagnostic;
import dev.runbook.base.Source;
import dev.runbook.cmdlet.CmdletReference;
import dev.runbook.console.Refusal;
import dev.runbook.report.DiagnosticText;
import dev.runbook.yaml.SourceReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The cmdlets that a user describes, beside those that the program knows. */
public final class OwnCmdlets {
    private OwnCmdlets() {}

    /**
     * All that is known together with what stands in a file.
     *
     * @param name what messages call the file
     * @throws Refusal if it cannot be read, with everything that is wrong with it
     */
    public static CmdletReference in(Path file, String name) {
        Checked<Source> source = SourceReader.read(file, name);
        List<Diagnostic> findings = new ArrayList<>(source.diagnostics());
        Checked<CmdletReference> own =
                source.value().map(CmdletReference::read).orElseGet(() -> Checked.failed(List.of()));
        findings.addAll(own.diagnostics());
        return own.value()
                .map(CmdletReference.shipped()::and)
                .orElseThrow(() -> Refusal.usage(
                        DiagnosticText.of(findings) + "Correct the file of --cmdlets: no runbook was looked at."));
    }
}
