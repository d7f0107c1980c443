package dev.runbook.agreement;

import java.nio.file.Path;
import java.util.List;

/** A file on which people agree, whichever it is. */
public final class Agreement {
    private Agreement() {}

    /**
     * What such a file holds, for whoever has to agree.
     *
     * @param lines what is agreed on
     * @param made who made the file, and when
     */
    public record Shown(List<String> lines, String made) {}

    /**
     * Reads a plan or approvals.
     *
     * @throws dev.runbook.terminal.Refusal if it is none of them, or was changed by hand
     */
    public static Shown read(Path file) {
        if (AgreementJson.kind(file).equals(ApprovalFile.KIND)) {
            ApprovalFile approvals = ApprovalFile.read(file);
            return new Shown(approvals.shown(), made(approvals.by(), approvals.made()));
        }
        PlanFile plan = PlanFile.read(file);
        return new Shown(plan.shown(file), made(plan.by(), plan.made()));
    }

    private static String made(String by, String moment) {
        return "Made by " + by + ", " + moment + ". The file is not signed.";
    }
}
