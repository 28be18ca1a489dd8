/** What stands between a request and the store: webhooks, Pod Security, defaults. */
@NullMarked
package io.cnishift.simulator.kube.admission;

import org.jspecify.annotations.NullMarked;
