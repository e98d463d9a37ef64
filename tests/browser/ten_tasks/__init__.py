"""What each role does most often, each as a walk through the admin from where it usually begins."""
