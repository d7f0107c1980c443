package dev.runbook.rule;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every rule there is. */
public final class Rules {
    private Rules() {}

    /** With the cmdlets that are known to the program. */
    public static List<Rule> all() {
        return all(CmdletReference.shipped());
    }

    /** In the order in which they are documented: names, tags, steps, T-SQL, cmdlets, facts and variables, characters. */
    public static List<Rule> all(CmdletReference cmdlets) {
        return List.of(
                new TagNames.UnknownName(),
                new TagNames.UnknownColumn(),
                new TagNames.UnknownPart(),
                new TagNames.RefusedTag(),
                new ValuesInSql.TagInSql(),
                new ValuesInSql.ValueInSql(),
                new TagNames.SecretShown(),
                new StepNames.DuplicateStep(),
                new StepNames.UnknownStep(),
                new StepNames.UnknownCondition(),
                new StepConditions.NoBeforeSentence(),
                new StepNames.UnknownRemembered(),
                new StepConditions.OptionalWithoutWhen(),
                new NoReturn.MissingRollback(),
                new NoReturn.UnconfirmedNoReturn(),
                new NoReturn.WordlessNoReturn(),
                new StepConditions.UnseenAction(),
                new StepConditions.WithinWithoutDoneWhen(),
                new FilePatterns.HalfWrittenFile(),
                new SqlBatches.BatchSeparator(),
                new SqlBatches.SeveralStatements(),
                new SqlBatches.SessionState(),
                new BackupAndRestore.ImplicitRecovery(),
                new BackupAndRestore.UnconfirmedLoss(),
                new BackupAndRestore.ReplaceAtSource(),
                new BackupAndRestore.AppendingBackup(),
                new BackupAndRestore.CutOffBackup(),
                new BackupAndRestore.UnmarkedRestore(),
                new SqlBatches.KillWithoutNumber(),
                new ValuesInSql.ProcedureValue(),
                new ValuesInSql.TagInLike(),
                new CmdletNames.UnknownCmdlet(cmdlets),
                new CmdletNames.UnknownParameter(cmdlets),
                new CmdletNames.MissingParameter(cmdlets),
                new CmdletParameters.ParameterValue(cmdlets),
                new CmdletParameters.UnansweredQuestion(cmdlets),
                new CmdletParameters.AvoidedParameter(cmdlets),
                new CmdletParameters.SpaceAfterService(),
                new CmdletParameters.CodeInParameter(),
                new Servers.WrongServer(),
                new Servers.AmbiguousShell(),
                new StepNames.ForEach(),
                new SqlBatches.ChangingFact(),
                new FilePatterns.FilesPattern(),
                new Expectations.UnknownMatchedColumn(),
                new Expectations.MatcherType(),
                new Declarations.AmbiguousName(),
                new Declarations.UnusedFact(),
                new Declarations.UnusedVariable(),
                new Declarations.VariableValue(),
                new Declarations.NeedlessOptional(),
                new Expectations.UnquotedNull(),
                new FilePatterns.BothDatabases(),
                new Characters.LookalikeCharacter(),
                new Characters.LongLine());
    }

    /** The id of each rule, with whether its errors can be switched off. */
    public static Map<String, Boolean> switchable(List<Rule> rules) {
        Map<String, Boolean> switchable = new LinkedHashMap<>();
        rules.forEach(rule -> switchable.put(rule.id(), rule.about().switchable()));
        return switchable;
    }
}
