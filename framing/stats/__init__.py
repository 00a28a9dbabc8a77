"""Every interval and every p value: resampling, permutation, pairing by event, declared contrasts."""
