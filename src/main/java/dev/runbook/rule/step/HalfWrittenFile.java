package dev.runbook.rule.step;

import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.model.ActionSpec;
import dev.runbook.model.Runbook;
import dev.runbook.model.Text;
import dev.runbook.rule.About;
import dev.runbook.rule.Rule;
import dev.runbook.rule.Tasks;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** {@code copy-files} with a pattern that takes backups which are still being written. */
public final class HalfWrittenFile implements Rule {
    private static final About ABOUT = About.warning(
                    "half-written-file", "copy-files takes *.wrk, the files that log shipping has not finished.")
            .because(
                    "The backup job and the copy job write .wrk and rename to .trn when the file is whole (message 32029). The"
                            + " program leaves .wrk out whatever the pattern says; the pattern should not promise otherwise.")
            .bad("""
                    steps:
                      - step: 2
                        title: Copy the log backups
                        copy-files: {from: '{{log_share}}', to: '{{copy_dir}}', include: 'mgc_*'}
                        retry: 3
                    """)
            .good("""
                    steps:
                      - step: 2
                        title: Copy the log backups
                        copy-files: {from: '{{log_share}}', to: '{{copy_dir}}', include: 'mgc_*.trn'}
                        retry: 3
                    """);

    private static final String HALF_WRITTEN = "mgc_20260101000000.wrk";

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public List<Diagnostic> check(Runbook runbook) {
        return Tasks.actions(runbook)
                .filter(ActionSpec.CopyFiles.class::isInstance)
                .map(copy -> ((ActionSpec.CopyFiles) copy).include())
                .filter(HalfWrittenFile::takesIt)
                .map(include -> finding(
                        include.origin(),
                        "\"" + include
                                + "\" takes .wrk too: files that are still being written, and that are never copied."
                                + " Name the ending, such as mgc_*.trn."))
                .toList();
    }

    private static boolean takesIt(Text include) {
        String regex = Pattern.quote(include.raw()).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
        boolean ending = include.raw().toLowerCase(Locale.ROOT).endsWith(".wrk");
        return !include.hasTags() && (ending || HALF_WRITTEN.matches(regex));
    }
}
