package dev.runbook.base;

import java.util.List;
import java.util.stream.Stream;

/** Which version of the program this is. */
public final class ProgramVersion {
    /** As the build has it. */
    public static final String TEXT = "0.1.0";

    private ProgramVersion() {}

    /**
     * Whether this is that version or a later one.
     *
     * @param wanted one to three numbers with dots between them; those that are missing are 0
     */
    public static boolean isAtLeast(String wanted) {
        List<Integer> here = numbers(TEXT);
        List<Integer> there = numbers(wanted);
        for (int i = 0; i < here.size(); i++) {
            if (!here.get(i).equals(there.get(i))) {
                return here.get(i) > there.get(i);
            }
        }
        return true;
    }

    private static List<Integer> numbers(String version) {
        return Stream.concat(Stream.of(version.split("\\.")).map(Integer::valueOf), Stream.of(0, 0))
                .limit(3)
                .toList();
    }
}
