package dev.runbook.endpoint.files;

import dev.runbook.value.Wildcards;
import java.util.regex.Pattern;

/** A pattern of file names: {@code *} stands for any characters, {@code ?} for one. Case does not count, as on Windows. */
record Glob(Pattern pattern) {
    /** Everything. */
    static final Glob ANY = of("*");

    /** The pattern as an author writes it. */
    static Glob of(String written) {
        int flags = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL;
        return new Glob(Pattern.compile(Wildcards.expression(written), flags));
    }

    /** Whether a file of that name is meant. */
    boolean matches(String name) {
        return pattern.matcher(name).matches();
    }
}
