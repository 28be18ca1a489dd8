package io.cnishift.strategy.chaining;

import io.cnishift.api.Probe;
import io.cnishift.api.cluster.NetworkPolicy;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.PolicyEndpoint;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Count;
import io.cnishift.api.plan.ProbeStatus;
import io.cnishift.api.port.Answer;
import io.cnishift.api.port.Question;
import java.util.List;
import java.util.Map;

/** Whether the VPC CNI's policy agents have forgotten the policies that are gone: no PolicyEndpoint is left of them. */
final class ForgottenPolicies implements Probe {

    static final String CODE = "CHN-POLICIES-FORGOTTEN";

    @Override
    public String code() {
        return CODE;
    }

    @Override
    public String title() {
        return "the VPC CNI's policy agents know no policy that is gone";
    }

    @Override
    public List<Question> ask(View view) {
        return List.of();
    }

    @Override
    public Result judge(View view, Map<Question, Answer> answers) {
        List<String> left = view.all(Part.POLICY_ENDPOINTS, PolicyEndpoint.class).stream()
                .filter(e -> view.get(Part.NETWORK_POLICIES, NetworkPolicy.class, e.namespace() + "/" + e.policy())
                        .isEmpty())
                .map(PolicyEndpoint::key)
                .sorted()
                .toList();
        return left.isEmpty()
                ? new Result(ProbeStatus.PASS, "no PolicyEndpoint is left of a policy that is gone", "")
                : new Result(
                        ProbeStatus.FAIL,
                        Count.of(left.size(), "PolicyEndpoint is", "PolicyEndpoints are") + " left, among them "
                                + left.get(0),
                        "see that the network policy controller of EKS runs, or delete what it left");
    }
}
