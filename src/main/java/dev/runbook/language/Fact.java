package dev.runbook.language;

import java.util.List;
import java.util.Optional;

/**
 * A named question that changes nothing. It is true when it has at least one row and every row is as expected.
 *
 * @param name the phrase, and where it is declared
 * @param source where its rows come from
 * @param forEach a fact or a list variable: the source is asked once for each of its rows
 * @param where keeps the rows that match
 * @param orderBy columns that order the rows, all together
 * @param expect what every row has to look like
 * @param description for people
 * @param advice shown when it cannot be asked, or is not as required
 */
public record Fact(
        Name name,
        Source source,
        Optional<Name> forEach,
        Expectation where,
        List<Name> orderBy,
        Expectation expect,
        Optional<Text> description,
        Advice advice) {
    /** Copies the columns. */
    public Fact {
        orderBy = List.copyOf(orderBy);
    }

    /** Where the rows of a fact come from. */
    public sealed interface Source {
        /**
         * A query that changes nothing.
         *
         * @param server a variable of type sql-server
         * @param sql one statement
         */
        record Query(Name server, Text sql) implements Source {}

        /**
         * A {@code Get-} or {@code Test-} cmdlet; a row is an object.
         *
         * @param cmdlet its name
         * @param parameters by name
         * @param shell a variable of type powershell, where there is more than one
         */
        record Cmdlet(Name cmdlet, Written.Fields parameters, Optional<Name> shell) implements Source {}

        /**
         * The files of a folder.
         *
         * @param pattern a folder, then a name with {@code *} and {@code ?}
         */
        record Files(Text pattern) implements Source {}

        /**
         * Whether something answers.
         *
         * @param target a variable of type sql-server or path
         */
        record Reachable(Name target) implements Source {}
    }
}
