package dev.runbook.agreement;

import dev.runbook.endpoint.Reply;
import dev.runbook.plan.PlanPrint;
import dev.runbook.terminal.GivenAnswers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.UserPrincipal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Answers to the confirms of one plan, given beforehand, as they are kept in a file. They are worth nothing for another plan, or
 * after they have expired. The file is not signed: whoever may write it may approve.
 *
 * @param format {@value #FORMAT}
 * @param made when, in UTC
 * @param by who made it
 * @param expires from when on it is worth nothing, in UTC
 * @param answers by step
 * @param hash of the plan
 * @param plan in fingerprints
 * @param seal over all of it, so that a change by hand is seen; it proves nothing of who wrote it
 */
public record ApprovalFile(
        String format,
        String made,
        String by,
        String expires,
        Map<String, String> answers,
        String hash,
        PlanPrint plan,
        String seal) {
    static final String KIND = "runbook-approvals-";
    static final String FORMAT = KIND + "1";

    /** Copies the map, keeping its order. */
    public ApprovalFile {
        answers = Collections.unmodifiableMap(new LinkedHashMap<>(answers == null ? Map.of() : answers));
    }

    /** The file for answers to a plan. */
    public static ApprovalFile of(
            PlanPrint plan, Map<String, String> answers, Instant made, Instant expires, String by) {
        return new ApprovalFile(
                FORMAT,
                made.toString(),
                by,
                expires.toString(),
                answers,
                plan.hash(),
                plan,
                seal(made.toString(), by, expires.toString(), answers, plan.hash()));
    }

    /**
     * Reads a file back.
     *
     * @throws dev.runbook.terminal.Refusal if it is none, or was changed by hand
     */
    public static ApprovalFile read(Path file) {
        ApprovalFile read = AgreementJson.read(file, ApprovalFile.class, KIND, 1);
        AgreementJson.require(
                file,
                read.plan() != null
                        && read.plan().hash().equals(read.hash())
                        && AgreementJson.isMoment(read.expires())
                        && seal(read.made(), read.by(), read.expires(), read.answers(), read.hash())
                                .equals(read.seal()),
                "is no file that \"plan --approve-file\" wrote, or was changed by hand.");
        return read;
    }

    /** What was agreed to, in lines. */
    public List<String> shown() {
        List<String> lines = new ArrayList<>();
        answers.forEach((key, answer) -> lines.add(key + " = " + answer));
        lines.add("Worth something until " + expires + ", for the plan " + hash);
        return lines;
    }

    private static String seal(String made, String by, String expires, Map<String, String> answers, String hash) {
        return PlanPrint.sha256(String.join("\n", made, by, expires, answers.toString(), hash));
    }

    /** Writes it in place of what stands there. */
    public void write(Path file) {
        AgreementJson.write(file, this);
    }

    /**
     * The answers, each with who gave it, where it stands, and when it expires.
     *
     * @throws dev.runbook.terminal.Refusal if they were given for another plan, or have expired
     */
    public List<GivenAnswers.Given> answersFor(PlanPrint now, Instant moment, Path file) {
        if (!moment.isBefore(Instant.parse(expires))) {
            AgreementJson.refuse("The approvals in " + file + " expired at " + expires + "; it is " + moment
                    + " now. Nothing was begun. Make new ones with plan --approve-file.");
        }
        PlanFile.refusal(plan, now)
                .ifPresent(differences -> AgreementJson.refuse("The approvals in " + file + " (" + by + ", " + made
                        + ") were given for another plan:\n" + differences + "\nNothing was begun."));
        String source = by + " in " + file.getFileName() + ", made " + made;
        return answers.entrySet().stream()
                .map(each -> new GivenAnswers.Given(
                        each.getKey(),
                        new Reply.Answered(each.getValue(), "", source),
                        Optional.of(Instant.parse(expires)),
                        Set.of(),
                        owner(file),
                        Optional.empty()))
                .toList();
    }

    /** The account that the file belongs to, without its domain; empty where it belongs to a group, or none is known. */
    private static Optional<String> owner(Path file) {
        try {
            UserPrincipal owner = Files.getOwner(file);
            String name = owner.getName();
            return owner instanceof GroupPrincipal
                    ? Optional.empty()
                    : Optional.of(name.substring(name.lastIndexOf('\\') + 1));
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }
}
