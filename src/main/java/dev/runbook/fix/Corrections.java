package dev.runbook.fix;

import dev.runbook.model.ActionSpec;
import dev.runbook.model.FactSource;
import dev.runbook.model.Name;
import dev.runbook.model.Runbook;
import dev.runbook.model.Text;
import dev.runbook.model.Texts;
import dev.runbook.model.Written;
import dev.runbook.rule.Tasks;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Everything that is corrected. */
final class Corrections {
    /** Microsoft's pages print {@code "service: pool.example.com"}; the blank makes it the name of nothing. */
    private static final Pattern SERVICE = Pattern.compile("(?i)(?<=\\bservice)([:：]\\s+|：)(?=\\S)");

    private Corrections() {}

    /** What makes a file YAML comes first: nothing else can be seen before. */
    static List<Correction> all() {
        return List.of(
                new UnseenCharacters(),
                new BareTags(),
                new TextCorrection("a typographic character in T-SQL", Corrections::sql, Typography::inSql),
                new TextCorrection(
                        "a typographic character in the name of a cmdlet", Corrections::cmdlets, Typography::inCmdlet),
                new TextCorrection("a blank behind \"service:\"", Corrections::parameters, Corrections::service));
    }

    private static Stream<Text> sql(Runbook runbook) {
        Stream<Text> ofFacts = sources(runbook)
                .filter(FactSource.Query.class::isInstance)
                .map(source -> ((FactSource.Query) source).sql());
        Stream<Text> ofActions = Tasks.actions(runbook)
                .filter(ActionSpec.Sql.class::isInstance)
                .map(action -> ((ActionSpec.Sql) action).sql());
        return Stream.concat(ofFacts, ofActions);
    }

    private static Stream<Text> cmdlets(Runbook runbook) {
        Stream<Name> ofFacts = sources(runbook)
                .filter(FactSource.Cmdlet.class::isInstance)
                .map(source -> ((FactSource.Cmdlet) source).cmdlet());
        Stream<Name> ofActions = Tasks.actions(runbook)
                .filter(ActionSpec.Cmdlet.class::isInstance)
                .map(action -> ((ActionSpec.Cmdlet) action).cmdlet());
        return Stream.concat(ofFacts, ofActions).map(name -> new Text(name.text(), name.origin()));
    }

    private static Stream<Text> parameters(Runbook runbook) {
        Stream<Written> ofFacts = sources(runbook)
                .filter(FactSource.Cmdlet.class::isInstance)
                .map(source -> ((FactSource.Cmdlet) source).parameters());
        Stream<Written> ofActions = Tasks.actions(runbook)
                .filter(ActionSpec.Cmdlet.class::isInstance)
                .map(action -> ((ActionSpec.Cmdlet) action).parameters());
        return Stream.concat(ofFacts, ofActions).flatMap(Texts::of);
    }

    private static Stream<FactSource> sources(Runbook runbook) {
        return runbook.facts().values().stream().map(fact -> fact.source());
    }

    private static List<Edit> service(String value) {
        return SERVICE.matcher(value)
                .results()
                .map(found -> new Edit(found.start(), found.end(), ":"))
                .toList();
    }
}
