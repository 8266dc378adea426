"""Attribution: two settings side by side, and how much each changed number did."""
