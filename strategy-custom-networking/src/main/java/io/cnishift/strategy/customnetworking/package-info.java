/** Four ways to make the VPC CNI last: custom networking, prefix delegation, subnet discovery, warm-pool tuning. */
@NullMarked
package io.cnishift.strategy.customnetworking;

import org.jspecify.annotations.NullMarked;
