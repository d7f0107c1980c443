package dev.runbook.agreement;

import dev.runbook.base.ProgramVersion;
import dev.runbook.event.AgreedPlan;
import dev.runbook.plan.PlanPrint;
import dev.runbook.terminal.Refusal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A plan that a run is bound to, as it is kept in a file.
 *
 * @param format {@value #FORMAT}; files of the first format hold no text, and neither a version nor a seal
 * @param version of the program that made it
 * @param made when, in UTC
 * @param by who made it
 * @param hash of the plan
 * @param plan in fingerprints
 * @param text the plan for people, in lines; the last one names the hash
 * @param seal over all of it, so that a change by hand is seen; it proves nothing of who wrote it
 */
public record PlanFile(
        String format,
        String version,
        String made,
        String by,
        String hash,
        PlanPrint plan,
        List<String> text,
        String seal) {
    static final String KIND = "runbook-plan-";
    static final String FORMAT = KIND + "2";

    /** Copies the list. */
    public PlanFile {
        text = text == null ? List.of() : List.copyOf(text);
    }

    /**
     * The file for a plan.
     *
     * @param words the plan as people read it
     */
    public static PlanFile of(PlanPrint plan, List<String> words, Instant made, String by) {
        List<String> text = text(plan, words);
        String seal = seal(ProgramVersion.TEXT, made.toString(), by, plan.hash(), text);
        return new PlanFile(FORMAT, ProgramVersion.TEXT, made.toString(), by, plan.hash(), plan, text, seal);
    }

    private static List<String> text(PlanPrint plan, List<String> words) {
        return Stream.concat(words.stream(), Stream.of("Plan " + plan.hash())).toList();
    }

    private static String seal(String version, String made, String by, String hash, List<String> text) {
        return PlanPrint.sha256(String.join("\n", version, made, by, hash, String.join("\n", text)));
    }

    /**
     * Reads a file back.
     *
     * @throws dev.runbook.terminal.Refusal if it is none, or was changed by hand
     */
    public static PlanFile read(Path file) {
        PlanFile read = AgreementJson.read(file, PlanFile.class, KIND, 2);
        AgreementJson.require(
                file,
                read.plan() != null && read.plan().hash().equals(read.hash()) && read.isSealed(),
                "is no plan that \"plan --out\" wrote, or was changed by hand.");
        return read;
    }

    private boolean isSealed() {
        return FORMAT.equals(format)
                ? seal(version, made, by, hash, text).equals(seal)
                : text.isEmpty() && seal == null;
    }

    /** What people agree on, in lines: the plan, its hash, and who made the file. */
    public List<String> shown(Path file) {
        if (text.isEmpty()) {
            AgreementJson.refuse(file + " was written by an earlier version and holds fingerprints alone, nothing to"
                    + " read. A run can be bound to it still; to read it, make it anew.");
        }
        return text;
    }

    /** Writes it in place of what stands there. */
    public void write(Path file) {
        AgreementJson.write(file, this);
    }

    /**
     * Binds a run to this plan; refuses one that would be another, and one whose text tells of another.
     *
     * @param words the plan of the run as people read it
     */
    public AgreedPlan agreed(Path file, PlanPrint now, List<String> words) {
        refusal(plan, now)
                .ifPresent(differences -> AgreementJson.refuse(
                        "This run is not the one that " + file + " planned (" + by + ", " + made + "):\n" + differences
                                + "\nPut back what changed, or make and agree on a new plan. Nothing was begun."));
        // another version may say the same in other words
        AgreementJson.require(
                file,
                text.isEmpty() || !ProgramVersion.TEXT.equals(version) || text.equals(text(now, words)),
                "holds a text that is not that of its plan: what people have read is not what would run. Make it"
                        + " anew.");
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
