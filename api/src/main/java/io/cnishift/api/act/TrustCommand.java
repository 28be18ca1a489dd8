package io.cnishift.api.act;

import java.util.List;
import java.util.Map;

/** The command line that edits a trust policy as it stands, with jq. */
final class TrustCommand {

    /** What a statement says, in whatever order IAM tells its lists. */
    private static final String SAID = "def said: if type == \"object\" then map_values(said)"
            + " elif type == \"array\" then map(tostring) | unique else [tostring] end; ";

    private TrustCommand() {}

    static String of(Surroundings at, String role, List<Map<String, Object>> statements, String edit) {
        String now =
                AwsCommand.of(at, "iam", "get-role").with("--role-name", role).toString()
                        + " --query Role.AssumeRolePolicyDocument --output json";
        String edited =
                Shell.output(now + " | jq -c --argjson new " + Json.word(statements) + " " + Shell.quoted(SAID + edit));
        return AwsCommand.of(at, "iam", "update-assume-role-policy")
                .with("--role-name", role)
                .raw("--policy-document", edited)
                .toString();
    }
}
