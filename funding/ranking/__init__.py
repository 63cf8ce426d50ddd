"""The portal's own ranking of schools by pupil premium: `working` works it out, `agreement` compares it with
a published list, `standing` says where one school stands.
"""
