package dev.runbook.rule.tag;

import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.diagnostic.Suggestion;
import dev.runbook.model.Runbook;
import dev.runbook.model.Variable;
import dev.runbook.model.VariableType;
import dev.runbook.rule.About;
import dev.runbook.rule.Rule;
import dev.runbook.rule.TagUse;
import dev.runbook.rule.TextUses;
import dev.runbook.template.Tag;
import java.util.List;
import java.util.Optional;

/** A tag that names a part which a variable, or the run, does not have; a section over something that is not a list. */
public final class UnknownPart implements Rule {
    private static final About ABOUT = About.error(
                    "unknown-part", "A tag names a part that a variable or the run does not have.")
            .always()
            .because(
                    "A sql-server has the parts host and instance, the run has id and stamp. Everything else is one value.")
            .bad("""
                    steps:
                      - step: 1
                        title: Look at {{backup_sql.name}}
                        confirm: Does {{backup_sql}} answer?
                    """)
            .good("""
                    steps:
                      - step: 1
                        title: Look at {{backup_sql.host}}
                        confirm: Does {{backup_sql}} answer?
                    """);

    private static final List<String> OF_SERVER = List.of("host", "instance");
    private static final List<String> OF_RUN = List.of("id", "stamp");

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public List<Diagnostic> check(Runbook runbook) {
        return TagUse.all(TextUses.of(runbook)).stream()
                .filter(use -> use.tag().kind() != Tag.Kind.REFUSED)
                .flatMap(use -> problem(use).map(message -> use.error(id(), message)).stream())
                .toList();
    }

    private static Optional<String> problem(TagUse use) {
        if (use.isRun()) {
            return part(use, OF_RUN)
                    .or(() -> use.tag().rest().isEmpty()
                            ? Optional.of("Write {{run.id}} or {{run.stamp}}.")
                            : Optional.empty());
        }
        return use.variable()
                .flatMap(variable -> use.tag().kind() == Tag.Kind.SECTION_START
                        ? section(variable)
                        : part(use, variable.type() == VariableType.SQL_SERVER ? OF_SERVER : List.of()));
    }

    private static Optional<String> part(TagUse use, List<String> parts) {
        String head = use.tag().head();
        return use.tag()
                .rest()
                .filter(part -> !parts.contains(part))
                .map(part -> parts.isEmpty()
                        ? "\"" + head + "\" has no parts. Write {{" + head + "}}."
                        : "\"" + head + "\" has no part \"" + part + "\". Its parts are " + String.join(" and ", parts)
                                + "." + Suggestion.didYouMean(part, parts));
    }

    private static Optional<String> section(Variable variable) {
        return variable.type() == VariableType.LIST
                ? Optional.empty()
                : Optional.of("A section repeats for each item of a list or each remembered row. \"" + variable.name()
                        + "\" is of type " + variable.type().word() + ".");
    }
}
