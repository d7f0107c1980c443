package dev.runbook.agreement;

import dev.runbook.event.AgreedPlan;
import dev.runbook.plan.PlanPrint;
import dev.runbook.terminal.Refusal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A plan that a run is bound to, as it is kept in a file.
 *
 * @param format {@value #FORMAT}
 * @param made when, in UTC
 * @param by who made it
 * @param hash of the plan
 * @param plan in fingerprints
 */
public record PlanFile(String format, String made, String by, String hash, PlanPrint plan) {
    static final String FORMAT = "runbook-plan-1";

    /** The file for a plan. */
    public static PlanFile of(PlanPrint plan, Instant made, String by) {
        return new PlanFile(FORMAT, made.toString(), by, plan.hash(), plan);
    }

    /**
     * Reads a file back.
     *
     * @throws dev.runbook.terminal.Refusal if it is none, or was changed by hand
     */
    public static PlanFile read(Path file) {
        PlanFile read = AgreementJson.read(file, PlanFile.class);
        AgreementJson.require(
                file,
                FORMAT.equals(read.format())
                        && read.plan() != null
                        && read.plan().hash().equals(read.hash()),
                "is no plan that \"plan --out\" wrote, or was changed by hand.");
        return read;
    }

    /** Writes it in place of what stands there. */
    public void write(Path file) {
        AgreementJson.write(file, this);
    }

    /** Binds a run to this plan; refuses one that would be another. */
    public AgreedPlan agreed(Path file, PlanPrint now) {
        refusal(plan, now)
                .ifPresent(differences -> AgreementJson.refuse(
                        "This run is not the one that " + file + " planned (" + by + ", " + made + "):\n" + differences
                                + "\nPut back what changed, or make and agree on a new plan. Nothing was begun."));
        return new AgreedPlan(file.toString(), hash, made, by);
    }

    /**
     * Holds a run that goes on to the plan that it is bound to; refuses one that would be another.
     *
     * @param file where the plan was, if it can be read still: the difference can be told then
     */
    public static void hold(AgreedPlan bound, PlanPrint now, Optional<Path> file) {
        if (bound.hash().equals(now.hash())) {
            return;
        }
        String differences = file.filter(Files::isRegularFile)
                .flatMap(PlanFile::asItWas)
                .filter(planned -> planned.hash().equals(bound.hash()))
                .flatMap(planned -> refusal(planned.plan(), now))
                .orElseGet(() -> "  its hash was " + bound.hash() + ", and would be " + now.hash());
        AgreementJson.refuse("This run is bound to the plan " + bound.file() + " (" + bound.by() + ", " + bound.made()
                + "), and would be another one now:\n" + differences
                + "\nPut back what changed. Or release the run from its plan, which is recorded with your name:"
                + " --release-plan REASON. Nothing was begun.");
    }

    /** What is in a file, if it is one of these still. */
    private static Optional<PlanFile> asItWas(Path file) {
        try {
            return Optional.of(read(file));
        } catch (Refusal e) {
            return Optional.empty();
        }
    }

    /** The differences in lines; empty when there are none. */
    static Optional<String> refusal(PlanPrint planned, PlanPrint now) {
        List<String> lines = planned.differences(now);
        return lines.isEmpty() ? Optional.empty() : Optional.of("  - " + String.join("\n  - ", lines));
    }
}
