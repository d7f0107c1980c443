package dev.runbook.rule.sql;

import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.diagnostic.Origin;
import dev.runbook.model.ActionSpec;
import dev.runbook.model.Name;
import dev.runbook.model.Runbook;
import dev.runbook.model.Text;
import dev.runbook.model.Texts;
import dev.runbook.model.Variable;
import dev.runbook.model.VariableType;
import dev.runbook.model.Written;
import dev.runbook.rule.About;
import dev.runbook.rule.Rule;
import dev.runbook.rule.Tasks;
import dev.runbook.template.Tag;
import dev.runbook.template.Tags;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A parameter of a stored procedure that is a list or a map. */
public final class ProcedureValue implements Rule {
    private static final About ABOUT = About.error(
                    "procedure-value", "A parameter of a stored procedure is a list or a map.")
            .always()
            .because("A procedure takes one value for each parameter. Only cmdlets take lists and maps.")
            .bad("""
                    steps:
                      - step: 1
                        title: Describe the copy job
                        server: backup_sql
                        procedure: msdb.dbo.sp_update_job
                        parameters: {job_name: LSCopy_mgc, description: '{{chat_servers}}'}
                        retry: 2
                        rollback: {not-needed: a description does nothing}
                    """)
            .good("""
                    steps:
                      - step: 1
                        title: Describe the copy job
                        server: backup_sql
                        procedure: msdb.dbo.sp_update_job
                        parameters: {job_name: LSCopy_mgc, description: 'for {{#chat_servers}}{{.}} {{/chat_servers}}'}
                        retry: 2
                        rollback: {not-needed: a description does nothing}
                    """);

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public List<Diagnostic> check(Runbook runbook) {
        return Tasks.actions(runbook)
                .filter(ActionSpec.Procedure.class::isInstance)
                .map(action -> ((ActionSpec.Procedure) action).parameters())
                .flatMap(parameters -> findings(parameters, runbook))
                .toList();
    }

    private Stream<Diagnostic> findings(Written.Fields parameters, Runbook runbook) {
        return parameters.keys().stream().flatMap(key -> {
            Written value = parameters.values().get(key.text());
            return kind(value, runbook)
                    .map(kind -> finding(
                            origin(key, value),
                            "@" + key + " is " + kind
                                    + ", and a procedure takes one value. Write a section {{#name}}…{{/name}}"
                                    + " that makes one text of it, or for-each over it."))
                    .stream();
        });
    }

    private static Optional<String> kind(Written value, Runbook runbook) {
        if (value instanceof Written.Scalar scalar) {
            boolean list = Tags.of(scalar.text()).stream().anyMatch(tag -> isList(tag, scalar.text(), runbook));
            return list ? Optional.of("a list") : Optional.empty();
        }
        return value instanceof Written.Literal
                ? Optional.empty()
                : Optional.of(value instanceof Written.Items ? "a list" : "a map");
    }

    /** Only a tag that is the whole value keeps its type. */
    private static boolean isList(Tag tag, Text text, Runbook runbook) {
        Variable variable = runbook.variables().get(tag.path());
        return tag.start() == 0
                && tag.end() == text.raw().length()
                && variable != null
                && variable.type() == VariableType.LIST;
    }

    private static Origin origin(Name key, Written value) {
        return Texts.of(value).map(Text::origin).findFirst().orElse(key.origin());
    }
}
