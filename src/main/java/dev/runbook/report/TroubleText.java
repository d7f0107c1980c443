package dev.runbook.report;

import dev.runbook.event.Trouble;

/** What stood in the way, for people. */
final class TroubleText {
    private TroubleText() {}

    /** {@code error 3101: Exclusive access could not be obtained.}, or only the sentence where the code is one of ours. */
    static String sentence(Trouble trouble) {
        return isNumber(trouble.code()) ? "error " + trouble.code() + ": " + trouble.message() : trouble.message();
    }

    private static boolean isNumber(String code) {
        return !code.isEmpty() && code.chars().allMatch(Character::isDigit);
    }
}
