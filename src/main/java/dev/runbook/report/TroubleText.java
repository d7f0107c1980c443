package dev.runbook.report;

import dev.runbook.event.Trouble;
import java.util.regex.Pattern;

/** What stood in the way, for people. */
final class TroubleText {
    private static final Pattern OURS = Pattern.compile("(?:[a-z]+(?:-[a-z]+)*)?");

    private TroubleText() {}

    /**
     * {@code error 3101: Exclusive access could not be obtained.}, of a cmdlet with the id of its error, by which a runbook names
     * it; or only the sentence where the code is one of ours.
     */
    static String sentence(Trouble trouble) {
        boolean ours = OURS.matcher(trouble.code()).matches();
        return ours ? trouble.message() : "error " + trouble.code() + ": " + trouble.message();
    }
}
